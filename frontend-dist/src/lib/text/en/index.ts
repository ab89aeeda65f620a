import { account } from './account';
import { chat } from './chat';
import { error } from './error';
import { keys } from './keys';
import { plan } from './plan';
import { settings } from './settings';
import { shell } from './shell';
import { state } from './state';
import { swarm } from './swarm';

export const en = { account, chat, error, keys, plan, settings, shell, state, swarm };
