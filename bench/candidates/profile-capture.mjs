// The library's own profile of the capture, without the check and the command line around it.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { profileCapture } from '../../kernel-lib/dist/profile/profile-capture.js';
import { FEATURES } from '../generate-capture.js';

const [, , folder] = process.argv;
const day = path.join(folder, 'endpoint/AllTraffic/2026/03/05');
const hours = readdirSync(day)
  .sort()
  .map((hour) => ({
    hour: `2026-03-05T${hour}:00:00Z`,
    objects: readdirSync(path.join(day, hour)).map((name) => {
      const uri = path.join(day, hour, name);
      return { uri, sizeBytes: statSync(uri).size, version: '1' };
    }),
  }));
const plan = { parts: ['output', 'input'], names: { output: ['score'], input: FEATURES } };
const { profile, read } = await profileCapture(hours, plan);
process.stdout.write(`${read.rows} rows, ${profile.columns.length} columns\n`);
