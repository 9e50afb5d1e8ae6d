import type { MonitorType, Rule } from '../report/report.js';

/** An endpoint of `driftline.yaml`: where its capture lies, and the names of its columns. Paths are relative to the file. */
export interface EndpointConfig {
  /** The capture destination, with or without the endpoint's and variant's folders; local or `s3://`. */
  readonly capture: string;
  readonly 'ground-truth'?: string | undefined;
  readonly model?: string | undefined;
  /** Names for captured CSV, which has no header. Left out: the baseline's, by position, output first. */
  readonly columns?:
    | { readonly output?: readonly string[] | undefined; readonly input?: readonly string[] | undefined }
    | undefined;
}

/** A monitor of `driftline.yaml`. */
export interface MonitorConfig {
  readonly type: MonitorType;
  readonly endpoint: string;
  /**
   * A folder that holds a baseline (`statistics.json`, `constraints.json`), or the dataset to make one from on the first
   * run, into `baseline/{monitor}/` beside the project file.
   */
  readonly baseline: string | { readonly dataset: string };
  /** As the service writes it: `cron(0 * ? * * *)`. */
  readonly schedule: string;
  /** The folder of results; below it `{endpoint}/{monitor}/yyyy/mm/dd/hh/`. */
  readonly output: string;
  readonly rule?: Rule | undefined;
  readonly hooks?: { readonly record?: string | undefined; readonly check?: string | undefined } | undefined;
}

/** What `driftline.yaml` says. */
export interface ProjectConfig {
  readonly version: 1;
  readonly endpoints: Readonly<Record<string, EndpointConfig>>;
  readonly monitors: Readonly<Record<string, MonitorConfig>>;
}
