import { account } from './account';
import { chat } from './chat';
import { copy } from './copy';
import { error } from './error';
import { graph } from './graph';
import { inspector } from './inspector';
import { plan } from './plan';
import { proof } from './proof';
import { result } from './result';
import { runs } from './runs';
import { shell } from './shell';
import { state } from './state';
import { swarm } from './swarm';

export const en = { account, chat, copy, error, graph, inspector, plan, proof, result, runs, shell, state, swarm };
