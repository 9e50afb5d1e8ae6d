/** One file or S3 object, as it was listed. */
export interface StoredObject {
  /** `s3://bucket/key`, or an absolute local path. */
  readonly uri: string;
  readonly sizeBytes: number;
  /** Changes whenever the content does: the ETag on S3, size and modification time on disk. */
  readonly version: string;
}

/** Where files lie: a local folder or an S3 bucket. Made by `openStorage(uri)`; nothing else knows which one it is. */
export interface Storage {
  /** All objects below a folder or prefix (recursively), or the object itself when `uri` names one; ascending by URI. */
  list(uri: string, options?: StorageOptions): AsyncIterable<StoredObject>;
  /** The names (no slash) of the folders directly below, ascending. Empty when there is no such folder. */
  listFolders(uri: string, options?: StorageOptions): Promise<string[]>;
  /** The object, or undefined when there is none at this URI. */
  stat(uri: string, options?: StorageOptions): Promise<StoredObject | undefined>;
  /** The whole content. Throws `FILE_NOT_FOUND`. */
  read(uri: string, options?: StorageOptions): Promise<Uint8Array>;
  /**
   * A local file that holds the object's content: the file itself on disk; on S3 a copy in the local cache, keyed by
   * URI and ETag, fetched when it is not there yet. Throws `S3_OBJECT_CHANGED` when the object is no longer what was listed.
   */
  localCopy(object: StoredObject, options?: StorageOptions): Promise<string>;
  /**
   * Writes the whole content or nothing (temporary file and rename on disk; one PUT on S3). Makes missing folders. Of
   * chunks the disk holds one in memory, S3 all of them; an error that they throw leaves nothing written.
   */
  write(uri: string, content: StorageContent, options?: StorageOptions): Promise<void>;
  /**
   * Changes an object of text that others may be changing at the same time: no change is lost. `change` gets the text that
   * is there (undefined for none) and gives the new one; it may be called more than once. On disk a lock file beside it is
   * held meanwhile, on S3 the write is conditional. Throws `FILE_NOT_WRITABLE` when it stays in use.
   */
  update(uri: string, change: (text: string | undefined) => string, options?: StorageOptions): Promise<void>;
  /** Deletes the object; no error when there is none. */
  remove(uri: string, options?: StorageOptions): Promise<void>;
}

/** What is written: all at once, or chunks of text one after the other. */
export type StorageContent = string | Uint8Array | AsyncIterable<string | Uint8Array>;

export interface StorageOptions {
  readonly signal?: AbortSignal;
}
