// REPORT.md from the three results: no word in it that was not measured.

const verdict = ({ exitCode, notRun }) => (notRun ? `not run: ${notRun}` : exitCode === 0 ? 'passed' : `failed (exit code ${exitCode})`);

export function page(survey, tests, findings) {
  return `# Report

${summary(survey, tests, findings)}

## What is here

| language | files | lines |
|---|---|---|
${Object.entries(survey.languages).map(([name, { files, lines }]) => `| ${name} | ${files} | ${lines} |`).join('\n')}

${survey.files} files, ${survey.lines} lines in all; ${survey.testFiles} files are tests.

## Tests

${tests.length === 0 ? 'No way to run tests was found.' : table(tests)}
${tests.filter(({ output }) => output).map(excerpt).join('')}
## Findings

${findings.length === 0 ? 'None of the problems looked for.' : list(findings)}

Looked for: missing README, LICENSE, .gitignore and tests, long files, open
marks, secrets, JSON that is none, conflict marks.
`;
}

function summary(survey, tests, findings) {
  const sum = (name) => tests.reduce((all, test) => all + (test[name] ?? 0), 0);
  const ran = tests.filter(({ notRun }) => !notRun);
  const said = ran.length === 0 ? 'No tests ran.' : `${sum('passed')} tests passed, ${sum('failed')} failed.`;
  return `**${said}** ${findings.length} finding${findings.length === 1 ? '' : 's'}.`;
}

function table(tests) {
  const rows = tests.map((test) => `| \`${test.name}\` | ${verdict(test)} | ${test.passed ?? '-'} | ${test.failed ?? '-'} |`);
  return ['| run | result | passed | failed |', '|---|---|---|---|', ...rows].join('\n');
}

const excerpt = ({ name, output }) => `
The last lines of \`${name}\`:

${output.map((line) => `    ${line}`.trimEnd()).join('\n')}
`;

const list = (findings) => findings.map(({ kind, path, detail }) => `- **${kind}**: ${path ? `\`${path}\`, ` : ''}${detail}`).join('\n');
