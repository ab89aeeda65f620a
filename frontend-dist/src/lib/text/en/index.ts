import { account } from './account';
import { chat } from './chat';
import { error } from './error';
import { keys } from './keys';
import { phone } from './phone';
import { plan } from './plan';
import { settings } from './settings';
import { shell } from './shell';
import { state } from './state';
import { swarm } from './swarm';
import { terminal } from './terminal';

export const en = { account, chat, error, keys, phone, plan, settings, shell, state, swarm, terminal };
