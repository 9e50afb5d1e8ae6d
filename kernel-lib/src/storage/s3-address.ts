import { MonitorError } from '../errors.js';

export interface S3Address {
  readonly bucket: string;
  /** '' for the whole bucket. Taken as it stands: nothing is percent-decoded. */
  readonly key: string;
}

/** The parts of `s3://bucket/key`. Throws `USAGE` when there is no bucket. */
export function parseS3Uri(uri: string): S3Address {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/is.exec(uri) ?? [];
  if (bucket === undefined) {
    throw new MonitorError('USAGE', 'This is no S3 address.', { where: uri, fix: 'write s3://bucket/key' });
  }
  return { bucket, key };
}
