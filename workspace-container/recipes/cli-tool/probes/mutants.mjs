import { surviving } from '../../lib/mutation.mjs';

const MUTANTS = {
  node: [
    { file: 'src/store.js', what: 'nothing reaches the disk', from: 'renameSync(next, this.#file);', to: '' },
    { file: 'src/cli.js', what: 'mistakes end with 0', from: 'return 2;', to: 'return 0;' },
    { file: 'src/ENTITY.js', what: 'required options may be missing', from: 'if (required) problems.push', to: 'if (false) problems.push' },
  ],
  python: [
    { file: 'src/store.py', what: 'nothing reaches the disk', from: 'os.replace(following, self._file)', to: 'pass' },
    { file: 'src/cli.py', what: 'mistakes end with 0', from: 'return 2', to: 'return 0' },
    { file: 'src/ENTITY.py', what: 'required options may be missing', from: 'if required:', to: 'if False:' },
  ],
};

export default function mutants(probe) {
  const { language, entity } = probe.options;
  const python = language === 'python';
  const tests = python ? ['python3', '-B', '-m', 'unittest', 'tests/cli_test.py'] : ['node', '--test', 'test/cli.test.js'];
  const options = { ...probe.options, entity: python ? entity.replaceAll('-', '_') : entity };
  return surviving({ ...probe, options }, tests, MUTANTS[language]);
}
