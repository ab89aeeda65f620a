// Where things lie and how they are checked, by language. (Python keeps its own tests in a package named "test".)

const LAYOUT = {
  node: { source: '.js', tests: 'test', ending: '.test.js', interpreter: 'node', runTests: ['--test'], model: 'entity' },
  python: { source: '.py', tests: 'tests', ending: '_test.py', interpreter: 'python3', runTests: ['-B', '-m', 'unittest'], model: 'snake' },
};

export function language(step) {
  const name = step.names.language;
  const { source, tests, ending, interpreter, runTests, model } = LAYOUT[name];
  const program = `bin/${step.names.entities}`;
  const test = (path) => `${tests}/${path}${ending}`;
  return {
    name,
    program,
    model: `src/${step.names[model]}${source}`,
    modelTest: test(step.names[model]),
    from: (path) => `${name}/${path}`,
    command: (one) => `src/commands/${one}${source}`,
    file: (path) => `${path}${source}`,
    test,
    syntax: (path) => [interpreter, name === 'python' ? ['-c', `import ast; ast.parse(open("${path}").read())`] : ['--check', path]],
    runTests: (path) => [interpreter, [...runTests, path]],
    call: (words) => [interpreter, [program, ...words]],
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  };
}
