// One story for every recipe that builds something: its tests are written once and told for each entity.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Engine, git } from './engine.mjs';

export function tellStory(recipeId, parameters, options = {}) {
  describe(`${recipeId} for ${options.name ?? parameters.entities} ${parameters.language ?? ''}`, { concurrency: false }, () => {
    const engine = new Engine(recipeId, parameters, options);
    after(() => engine.close());

    for (const wave of engine.waves()) {
      const ran = new Map();
      test(`${wave.map(({ id }) => id).join(' + ')}: run side by side`, async () => {
        const results = await Promise.all(wave.map((task) => engine.run(task)));
        for (const [index, result] of results.entries()) {
          assert.equal(result.exitCode, 0, `${wave[index].id}\n${result.output.slice(-3000)}`);
          const wide = result.output.split('\n').find((line) => [...line].length > 80);
          assert.equal(wide, undefined, 'a line of the pane is wider than 80 columns');
          ran.set(wave[index].id, result.clone);
        }
      });

      for (const task of wave) {
        for (const command of engine.commands(task)) {
          test(`${task.id}: "${command}" fails on its base and holds on its commit`, async () => {
            const clone = ran.get(task.id);
            const base = git(clone, 'rev-parse', 'origin/main');
            const before = await engine.check(command, clone, base);
            assert.notEqual(before.exitCode, 0, `green already on the base, as if the step had done nothing\n${before.output}`);
            const now = await engine.check(command, clone, 'HEAD');
            assert.equal(now.exitCode, 0, now.output);
          });
        }

        test(`${task.id}: a second run finds it done and commits nothing`, async () => {
          const clone = ran.get(task.id);
          const head = git(clone, 'rev-parse', 'HEAD');
          const again = await engine.run(task, { clone });
          assert.equal(again.exitCode, 0, again.output.slice(-3000));
          assert.equal(git(clone, 'rev-parse', 'HEAD'), head, git(clone, 'show', '--stat', 'HEAD'));
          assert.equal(git(clone, 'status', '--porcelain'), '');
        });
      }

      test(`${wave.map(({ id }) => id).join(' + ')}: merged without a conflict, and every check holds on the merged tree`, async () => {
        for (const task of wave) {
          assert.equal(engine.merge(ran.get(task.id)), true, `${task.id} conflicts`);
          for (const command of engine.commands(task)) {
            const { exitCode, output } = await engine.check(command, engine.main, 'HEAD');
            assert.equal(exitCode, 0, `${command}\n${output}`);
          }
        }
      });
    }

    for (const line of engine.lines()) {
      test(`at the end a person can use it: "${line.command}"`, async () => {
        const { exitCode, output } = await engine.type(line);
        assert.equal(exitCode, 0, output);
        assert.match(output, /\S/, 'it prints something');
        assert.equal(git(engine.main, 'status', '--porcelain'), '', 'it leaves the checkout as it was');
      });
    }

    test('at the end the checks of the earlier tasks still hold on main', async () => {
      for (const task of engine.waves().slice(0, -1).flat()) {
        for (const command of engine.commands(task)) {
          const { exitCode, output } = await engine.check(command, engine.main, 'main');
          assert.equal(exitCode, 0, `${task.id}: ${command}\n${output}`);
        }
      }
      options.finally?.(engine);
    });
  });
}
