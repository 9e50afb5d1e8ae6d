import type { Storage, StorageContent, StorageOptions, StoredObject } from './storage.js';

/** S3, with the AWS SDK loaded at the first call. */
export class LazyS3Storage implements Storage {
  #opened: Promise<Storage> | undefined;

  async *list(uri: string, options?: StorageOptions): AsyncGenerator<StoredObject> {
    yield* (await this.#open()).list(uri, options);
  }

  async listFolders(uri: string, options?: StorageOptions): Promise<string[]> {
    return (await this.#open()).listFolders(uri, options);
  }

  async stat(uri: string, options?: StorageOptions): Promise<StoredObject | undefined> {
    return (await this.#open()).stat(uri, options);
  }

  async read(uri: string, options?: StorageOptions): Promise<Uint8Array> {
    return (await this.#open()).read(uri, options);
  }

  async localCopy(object: StoredObject, options?: StorageOptions): Promise<string> {
    return (await this.#open()).localCopy(object, options);
  }

  async write(uri: string, content: StorageContent, options?: StorageOptions): Promise<void> {
    await (await this.#open()).write(uri, content, options);
  }

  async update(uri: string, change: (text: string | undefined) => string, options?: StorageOptions): Promise<void> {
    await (await this.#open()).update(uri, change, options);
  }

  async remove(uri: string, options?: StorageOptions): Promise<void> {
    await (await this.#open()).remove(uri, options);
  }

  #open(): Promise<Storage> {
    this.#opened ??= import('./s3.js').then(({ openS3 }) => openS3());
    return this.#opened;
  }
}
