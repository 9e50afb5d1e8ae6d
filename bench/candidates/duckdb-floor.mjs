// The floor: DuckDB reads every record as JSON into the structure it has, whole, and only counts.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , folder] = process.argv;
const side = 'struct(observedContentType varchar, mode varchar, data varchar, encoding varchar)';
const columns = `{captureData: 'struct(endpointInput ${side}, endpointOutput ${side})',
  eventMetadata: 'struct(eventId varchar, inferenceId varchar, inferenceTime varchar)', eventVersion: 'varchar'}`;
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const reader = await connection.runAndReadAll(`
  select count(captureData), count(eventMetadata), count(eventVersion)
  from read_json('${folder}/**/*.jsonl', format = 'newline_delimited', columns = ${columns})`);
process.stdout.write(`${reader.getRows()[0].join(' ')}\n`);
