/** Calls the program under judgement by its arguments, with its file in the sandbox's data folder. */
export function program(sandbox, { entities, env, language }) {
  const interpreter = language === 'python' ? 'python3' : 'node';
  return (words) => sandbox.run([interpreter, `bin/${entities}`, ...words], { env: { [env]: `${sandbox.data}/records.json` } });
}
