import { account } from './account';
import { chat } from './chat';
import { error } from './error';
import { phone } from './phone';
import { plan } from './plan';
import { shell } from './shell';
import { state } from './state';
import { swarm } from './swarm';
import { terminal } from './terminal';

export const en = { account, chat, error, phone, plan, shell, state, swarm, terminal };
