import { tellStory } from './story.mjs';

const javascript = {
  'README.md': '# Sums\n',
  'package.json': '{ "type": "module", "scripts": { "test": "node --test" } }\n',
  'src/sum.js': '// TODO: more than two\nexport const sum = (a, b) => a + b;\n',
  'test/sum.test.js': `import { test } from 'node:test';
import assert from 'node:assert/strict';
import { sum } from '../src/sum.js';
test('adds', () => assert.equal(sum(1, 2), 3));
test('is wrong on purpose', () => assert.equal(sum(1, 1), 3));
`,
};
const python = {
  'tools/words.py': 'def count(text):\n    return len(text.split())\n',
  'tests/__init__.py': '',
  'tests/test_words.py':
    'import unittest\nfrom tools.words import count\n\nclass WordsTest(unittest.TestCase):\n    def test_counts(self):\n        self.assertEqual(2, count("a b"))\n',
};
const plain = { 'notes.txt': 'no code here\n', 'broken.json': '{' };

tellStory('test-and-report', {}, { seed: javascript, name: 'JavaScript with a failing test' });
tellStory('test-and-report', {}, { seed: python, name: 'Python' });
tellStory('test-and-report', {}, { seed: plain, name: 'no tests at all' });
