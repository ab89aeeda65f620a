import { describe, expect, it } from 'vitest';
import { pasteOf, titleOf, webAddress } from '../src/lib/views/terminal/words';
import { arrow, controlOf, KEY } from '../src/lib/views/terminal/touch';

describe('a paste', () => {
  it('cannot end a bracketed paste, nor speak to the program', () => {
    expect(pasteOf('a\x1b[201~rm -rf\x07\x9b201~')).toBe('a[201~rm -rf201~');
  });

  it('keeps tabs, and ends lines with Enter', () => {
    expect(pasteOf('a\tb\r\nc\nd')).toBe('a\tb\rc\rd');
  });
});

describe('a title from a program', () => {
  it('loses control characters and marks that turn the direction', () => {
    expect(titleOf('my\x07 \u202ebuild\n title')).toBe('my build title');
  });

  it('has at most 60 letters', () => {
    expect([...titleOf('x'.repeat(100))]).toHaveLength(60);
  });
});

describe('a link', () => {
  it('leads to the web or nowhere', () => {
    expect(webAddress('https://example.org/x')).toBe('https://example.org/x');
    for (const bad of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'nothing']) {
      expect(webAddress(bad)).toBeUndefined();
    }
  });
});

describe('the keys of a phone', () => {
  it('send control characters', () => {
    expect(controlOf('c')).toBe('\x03');
    expect(controlOf('D')).toBe('\x04');
    expect(controlOf('[')).toBe('\x1b');
    expect(controlOf('é')).toBeUndefined();
  });

  it('send arrows as the program asked for them', () => {
    expect(arrow(`ls${KEY.up}`, true)).toBe('ls\x1bOA');
    expect(arrow(KEY.up, false)).toBe('\x1b[A');
  });
});
