import { api } from '../../api/client';
import { ApiError } from '../../api/http';
import type { Swarm } from '../../api/types';
import { t } from '../../text';

const LOOK_MS = 250;
const PATIENCE_MS = 30_000;

/**
 * An approved plan stays as it was: asks for the same again in its conversation, and puts the old
 * plan's tasks into the new one, to be changed before another run.
 * @returns the new plan's id
 */
export async function revise(swarm: Pick<Swarm, 'planId'>, conversationId: string): Promise<string> {
  const messages = await api.messages(conversationId);
  const answer = messages.findIndex((m) => m.planId === swarm.planId);
  const wish = messages.slice(0, answer + 1).findLast((m) => m.author === 'user');
  if (!wish) throw new ApiError(-1, t.result.noWish, t.result.lookAtChat);
  const { messageId } = await api.say(conversationId, wish.text);
  const planId = await planAfter(conversationId, messageId);
  const [old, fresh] = await Promise.all([api.plan(swarm.planId), api.plan(planId)]);
  const { topology, tasks } = old.plan;
  await api.savePlan(planId, { topology, tasks }, fresh.etag);
  return planId;
}

async function planAfter(conversationId: string, messageId: string): Promise<string> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const messages = await api.messages(conversationId);
    const answer = messages.slice(messages.findIndex((m) => m.id === messageId) + 1).find((m) => m.author === 'assistant');
    if (answer?.planId) return answer.planId;
    if (answer) break;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  throw new ApiError(-1, t.result.noPlan, t.result.lookAtChat);
}
