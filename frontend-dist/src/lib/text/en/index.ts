import { account } from './account';
import { chat } from './chat';
import { copy } from './copy';
import { error } from './error';
import { plan } from './plan';
import { proof } from './proof';
import { shell } from './shell';
import { state } from './state';
import { swarm } from './swarm';

export const en = { account, chat, copy, error, plan, proof, shell, state, swarm };
