import type { IDisposable, Terminal } from '@xterm/xterm';

/**
 * Keeps a terminal from answering queries: the pane's backend is the only one that does, and an
 * answer from here would reach the program as typed text.
 */
export function silence(terminal: Terminal): IDisposable[] {
  const swallow = () => true;
  const query = (data: string) => data.split(';').includes('?');
  const { parser } = terminal;
  return [
    // DA1, DA2, DA3, XTVERSION, DSR, DECDSR, DECRQM, window reports, DECREQTPARM, kitty keyboard
    parser.registerCsiHandler({ final: 'c' }, swallow),
    parser.registerCsiHandler({ prefix: '>', final: 'c' }, swallow),
    parser.registerCsiHandler({ prefix: '=', final: 'c' }, swallow),
    parser.registerCsiHandler({ prefix: '>', final: 'q' }, swallow),
    parser.registerCsiHandler({ final: 'n' }, swallow),
    parser.registerCsiHandler({ prefix: '?', final: 'n' }, swallow),
    parser.registerCsiHandler({ intermediates: '$', final: 'p' }, swallow),
    parser.registerCsiHandler({ prefix: '?', intermediates: '$', final: 'p' }, swallow),
    parser.registerCsiHandler({ final: 't' }, swallow),
    parser.registerCsiHandler({ final: 'x' }, swallow),
    parser.registerCsiHandler({ prefix: '?', final: 'u' }, swallow),
    // DECRQSS, XTGETTCAP
    parser.registerDcsHandler({ intermediates: '$', final: 'q' }, swallow),
    parser.registerDcsHandler({ intermediates: '+', final: 'q' }, swallow),
    // colours are set, but not told; the clipboard is neither read nor written
    ...[4, 10, 11, 12].map((code) => parser.registerOscHandler(code, query)),
    parser.registerOscHandler(52, swallow)
  ];
}
