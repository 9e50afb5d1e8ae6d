// The profile in DuckDB's SQL: rows from the records' CSV, then one query of aggregates over all columns.
import { DuckDBInstance } from '@duckdb/node-api';
import { FEATURES, NUMERIC_FEATURES } from '../generate-capture.js';

const [, , folder] = process.argv;
const side = 'struct(observedContentType varchar, mode varchar, data varchar, encoding varchar)';
const columns = `{captureData: 'struct(endpointInput ${side}, endpointOutput ${side})'}`;
const cells = FEATURES.map((name, i) =>
  i < NUMERIC_FEATURES ? `try_cast(cells[${i + 1}] as double) as ${name}` : `nullif(cells[${i + 1}], '') as ${name}`,
);
const numeric = (
  name,
) => `count(${name}), approx_count_distinct(${name}), avg(${name}), sum(${name}), stddev_pop(${name}),
  min(${name}), max(${name}), approx_quantile(${name}, [0.1, 0.25, 0.5, 0.75, 0.9])`;
const text = (name) => `count(${name}), approx_count_distinct(${name}), histogram(${name})`;
const aggregates = FEATURES.map((name, i) => (i < NUMERIC_FEATURES ? numeric(name) : text(name)));
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run('set preserve_insertion_order = false');
const reader = await connection.runAndReadAll(`
  select count(*), ${numeric('score')}, ${aggregates.join(', ')} from (
    select try_cast(score as double) as score, ${cells.join(', ')} from (
      select string_split(captureData.endpointInput.data, ',') as cells, captureData.endpointOutput.data as score
      from read_json('${folder}/**/*.jsonl', format = 'newline_delimited', columns = ${columns})))`);
process.stdout.write(`${reader.getRows()[0].length} aggregates\n`);
