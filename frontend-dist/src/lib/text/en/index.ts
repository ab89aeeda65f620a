import { account } from './account';
import { chat } from './chat';
import { copy } from './copy';
import { error } from './error';
import { graph } from './graph';
import { inbox } from './inbox';
import { inspector } from './inspector';
import { keys } from './keys';
import { models } from './models';
import { phone } from './phone';
import { plan } from './plan';
import { proof } from './proof';
import { result } from './result';
import { review } from './review';
import { runs } from './runs';
import { settings } from './settings';
import { shell } from './shell';
import { state } from './state';
import { swarm } from './swarm';
import { terminal } from './terminal';

export const en = {
  account,
  chat,
  copy,
  error,
  graph,
  inbox,
  inspector,
  keys,
  models,
  phone,
  plan,
  proof,
  result,
  review,
  runs,
  settings,
  shell,
  state,
  swarm,
  terminal
};
