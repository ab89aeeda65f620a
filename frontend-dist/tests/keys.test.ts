import { expect, test } from 'vitest';
import { keysShown, pressed, worksInField } from '../src/lib/action/keys';

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

test.each([
  [{ key: 'k', ctrlKey: true }, false, 'Mod+K'],
  [{ key: 'k', metaKey: true }, true, 'Mod+K'],
  [{ key: 'k', ctrlKey: true }, true, 'Ctrl+k'],
  [{ key: 'k', metaKey: true }, false, 'Meta+k'],
  [{ key: 'A', ctrlKey: true, shiftKey: true }, false, 'Mod+Shift+A'],
  [{ key: '?', shiftKey: true }, false, '?'],
  [{ key: 'g' }, false, 'g'],
  [{ key: 'G', shiftKey: true }, false, 'Shift+G'],
  [{ key: 'ArrowUp', altKey: true }, false, 'Alt+Up'],
  [{ key: 'F1' }, false, 'F1']
])('%o, on a Mac: %s, is %s', (event, onMac, keys) => {
  expect(pressed({ ...none, ...event }, onMac)).toBe(keys);
});

test('letters and signs belong to the field that has the keyboard', () => {
  expect(['g c', '?', 'Shift+G', 'Mod+K', 'F1'].filter(worksInField)).toEqual(['Mod+K', 'F1']);
});

test('keys are shown as the machine names them', () => {
  expect(keysShown('Mod+Shift+A', true)).toBe('⌘⇧A');
  expect(keysShown('Mod+Shift+A', false)).toBe('Ctrl+Shift+A');
});
