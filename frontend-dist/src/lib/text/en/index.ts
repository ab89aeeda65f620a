import { account } from './account';
import { chat } from './chat';
import { error } from './error';
import { graph } from './graph';
import { plan } from './plan';
import { shell } from './shell';
import { state } from './state';
import { swarm } from './swarm';

export const en = { account, chat, error, graph, plan, shell, state, swarm };
