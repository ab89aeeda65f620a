import { describe, expect, it } from 'vitest';
import { line, pieces } from '../src/lib/views/inbox/argv';

describe('a command that a person has to allow', () => {
  it('is shown as the line that runs', () => {
    expect(line(['sh', '-c', 'rm -r "a b"'])).toBe('rm -r "a b"');
    expect(line(['git', 'commit', '-m', "it's done"])).toBe("git commit -m 'it'\\''s done'");
    expect(line(['sh', '-c', 'a', 'b'])).toBe('sh -c a b');
    expect(line(['rm', ''])).toBe("rm ''");
  });

  it('hides nothing', () => {
    const shown = pieces('echo a\u001b[2K\rrm b\u202egpj\u200b');
    expect(shown.filter((one) => one.code).map((one) => one.code)).toEqual(['U+001B', 'U+000D', 'U+202E', 'U+200B']);
    expect(shown.filter((one) => !one.code).map((one) => one.text)).toEqual(['echo a', '[2K', 'rm b', 'gpj']);
  });

  it('keeps its lines', () => expect(pieces('a\nb')).toEqual([{ text: 'a\nb' }]));
});
