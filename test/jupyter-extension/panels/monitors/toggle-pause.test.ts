// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { expect, it } from 'vitest';
import { togglePause } from '../../../../jupyter-extension/src/panels/monitors/toggle-pause.js';
import { ProjectRegistry } from '../../../../jupyter-extension/src/project/project-registry.js';
import { MemoryFiles } from '../../support/memory-files.js';
import { trans } from '../../support/trans.js';

const text = `version: 1
endpoints:
  shop: { capture: c } # the shop of the south
monitors:
  # Every midnight.
  dq:
    type: data-quality
    endpoint: shop
    baseline: b
    schedule: cron(0 0 ? * * *) # UTC
    output: o
`;

it('togglePause() pauses and resumes a monitor and leaves all else in the file', async () => {
  const files = new MemoryFiles({ 'p/driftline.yaml': text });
  const projects = new ProjectRegistry(files, trans, async () => '');
  const store = await projects.open('p');
  let changes = 0;
  store.changed.connect(() => {
    changes += 1;
  });
  await togglePause(projects, 'p', 'dq');
  const paused = files.texts.get('p/driftline.yaml')!;
  expect(paused.split('\n').filter((line) => !text.includes(line))).toEqual(['    paused: true']);
  expect([store.config?.monitors['dq']?.paused, changes]).toEqual([true, 1]);
  await togglePause(projects, 'p', 'dq');
  expect(files.texts.get('p/driftline.yaml')).toBe(text);
  await expect(togglePause(projects, 'p', 'mq')).rejects.toThrow('There is no monitor "mq".');
});
