// Readers turn a program's own events into ours. One reader lives as long as one turn.
//
// Ours: {kind: 'session', id} | {kind: 'message', text, thought?} | {kind: 'command', text, tool?}
//   | {kind: 'output', text, exitCode?, ok?, tool?} | {kind: 'file', path, change: 'add' | 'update' | 'delete', added?, removed?, diff?}
//   | {kind: 'plan', items: [{text, state: 'done' | 'active' | 'open'}]} | {kind: 'error', text} | {kind: 'usage', input, output, whole?}
//
// A reader has read(json) and end(), which return events, and `ended`: undefined while the turn runs,
// then {ok: true} or {ok: false, reason}.
import { Claude } from './claude.mjs';
import { Codex } from './codex.mjs';
import { Gemini } from './gemini.mjs';
import { OpenCode } from './opencode.mjs';

/**
 * By the name in a profile. `text` has none: its lines are shown as they are, and only the exit code tells how it went.
 * Nor has `acp`: see ../updates.mjs.
 */
export const READERS = { codex: Codex, claude: Claude, opencode: OpenCode, gemini: Gemini, text: null, acp: null };
