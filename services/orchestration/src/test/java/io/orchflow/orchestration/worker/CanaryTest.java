package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryTest {
    private static final String TOKEN = "c0123456789";

    private static Canary of(String path, String content) {
        return Canary.of(path, content, TOKEN).orElseThrow();
    }

    @Test
    void usesTheFilesOwnTestAndAssertions() {
        var canary =
                of(
                        "test/a.test.mjs",
                        """
                        import assert, {
                          match,
                        } from 'node:assert/strict';
                        import { it } from 'node:test';
                        import { a } from '../src/a.mjs';
                        it('is 1', () => assert.deepEqual(a(), 1));
                        it('throws', () => assert.throws(() => a(2)));
                        """);

        assertTrue(canary.failing().contains("assert.deepEqual(1, 2)"), canary.failing());
        assertTrue(canary.failing().contains("assert.throws(() => {})"), canary.failing());
        assertTrue(canary.failing().contains(";it('t"), canary.failing());
        assertTrue(canary.failing().contains("throw new Error('" + TOKEN), canary.failing());
        assertTrue(canary.alone().contains("from 'node:assert/strict'"), canary.alone());
        assertFalse(canary.alone().contains("src/a.mjs"), canary.alone());
        assertFalse(canary.passing().contains(TOKEN), canary.passing());
    }

    @Test
    void knowsRequireAndExpect() {
        var canary =
                of(
                        "a.spec.cjs",
                        """
                        const { a } = require('../src/a');
                        const { expect } = require('chai');
                        test('is 1', () => { expect(a(1)).to.deep.equal(1); expect(a()).toBeNull(); });
                        """);

        assertTrue(canary.failing().contains("expect(1).to.deep.equal(2)"), canary.failing());
        assertTrue(canary.failing().contains("expect(1).toBeNull()"), canary.failing());
        assertTrue(canary.alone().contains("require('chai')"), canary.alone());
        assertFalse(canary.alone().contains("../src"), canary.alone());
    }

    @Test
    void aPlainScriptThrows() {
        var canary = of("test/plain.js", "const assert = require('assert');\nassert(true);\n");

        assertTrue(canary.failing().contains("assert(false)"), canary.failing());
        assertFalse(canary.failing().contains("await"), canary.failing());
    }

    @Test
    void pythonBeforeMain() {
        var canary =
                of(
                        "tests/test_a.py",
                        """
                        import unittest
                        class A(unittest.TestCase):
                            def test_a(self):
                                self.assertEqual(1, 1)
                        if __name__ == '__main__':
                            unittest.main()
                        """);

        assertTrue(canary.failing().contains("raise AssertionError('" + TOKEN), canary.failing());
        assertTrue(
                canary.failing().indexOf(TOKEN) < canary.failing().indexOf("__main__"),
                canary.failing());
    }

    @Test
    void shellBeforeItsOwnEnd() {
        var canary = of("test/check.sh", "set -e\n. src/x.sh || exit 3\nexit 0\n\n");

        assertEquals(
                "set -e\n. src/x.sh || exit 3\necho " + TOKEN + "; exit 97\nexit 0\n",
                canary.failing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test/a.test.mjs | process.exit(failed)",
                "test/a.test.js  | test.only('x', () => {})",
                "test/test_a.py  | import sys; sys.exit(0)",
                "test/check.sh   | test -f x && exit 0; exit 1",
                "test/check.sh   | trap cleanup EXIT; true",
                "test/a_test.go  | package a",
            })
    void noneWhereItWouldNotBeReached(String path, String content) {
        assertTrue(Canary.of(path, content, TOKEN).isEmpty());
    }
}
