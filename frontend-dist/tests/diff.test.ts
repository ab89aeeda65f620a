import { expect, it } from 'vitest';
import { filesOf, unquoted } from '../src/lib/diff/files';

const changed = (path: string, ...lines: string[]) =>
  `diff --git a/${path} b/${path}\nindex 111..222 100644\n--- a/${path}\n+++ b/${path}\n@@ -1,2 +1,2 @@ fn\n${lines.join('\n')}\n`;

it('reads lines with their numbers on both sides', async () => {
  const [file] = await filesOf(changed('src/a.ts', ' same', '-old', '+new'));
  expect(file).toEqual({
    path: 'src/a.ts',
    kind: 'changed',
    binary: false,
    added: 1,
    deleted: 1,
    lines: [
      { kind: 'block', text: '@@ -1,2 +1,2 @@ fn' },
      { kind: 'same', text: 'same', before: 1, after: 1 },
      { kind: 'delete', text: 'old', before: 2, after: undefined },
      { kind: 'add', text: 'new', before: undefined, after: 2 }
    ]
  });
});

it('knows new, deleted, renamed and binary files', async () => {
  const files = await filesOf(
    [
      'diff --git a/new.txt b/new.txt\nnew file mode 100644\nindex 000..111\n--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1 @@\n+x',
      'diff --git a/gone.txt b/gone.txt\ndeleted file mode 100644\nindex 111..000\n--- a/gone.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-x',
      'diff --git a/a.txt b/b.txt\nsimilarity index 100%\nrename from a.txt\nrename to b.txt',
      'diff --git a/p.png b/p.png\nnew file mode 100644\nindex 000..111\nBinary files /dev/null and b/p.png differ',
      'diff --git a/empty b/empty\nnew file mode 100644\nindex 000..e69de29\n'
    ].join('\n')
  );
  expect(files.map((f) => [f.kind, f.path, f.from, f.binary])).toEqual([
    ['added', 'new.txt', undefined, false],
    ['deleted', 'gone.txt', undefined, false],
    ['renamed', 'b.txt', 'a.txt', false],
    ['added', 'p.png', undefined, true],
    ['added', 'empty', undefined, false]
  ]);
});

it('takes hostile names and lines as text, and keeps every character of them', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const [file] = await filesOf(changed(evil, `-${evil}`, '+</td><script>alert(2)</script>&amp;'));
  expect(file!.path).toBe(evil);
  expect(file!.lines.slice(1).map((l) => l.text)).toEqual([
    evil,
    '</td><script>alert(2)</script>&amp;'
  ]);
});

it('does not take lines that look like headers for headers', async () => {
  const files = await filesOf(changed('a.sql', '--- comment', '+++ counter', ' end'));
  expect(files).toHaveLength(1);
  expect(files[0]!.lines.map((l) => l.kind)).toEqual(['block', 'delete', 'add', 'same']);
});

it('keeps a carriage return in its line', async () => {
  const [file] = await filesOf(changed('a.txt', '+one\rtwo\r'));
  expect(file!.lines[1]!.text).toBe('one\u240dtwo\u240d');
});

it('reads names that git has quoted', async () => {
  expect(unquoted('caf\\303\\251.txt')).toBe('café.txt');
  expect(unquoted('a\\tb\\"c\\\\d')).toBe('a\tb"c\\d');
  expect(unquoted('plain name.txt')).toBe('plain name.txt');
  const [file] = await filesOf(
    'diff --git "a/caf\\303\\251.txt" "b/caf\\303\\251.txt"\nnew file mode 100644\nindex 000..111\n--- /dev/null\n+++ "b/caf\\303\\251.txt"\n@@ -0,0 +1 @@\n+x'
  );
  expect(file!.path).toBe('café.txt');
});

it('has no files where nothing was changed', async () => {
  expect(await filesOf('')).toEqual([]);
});
