import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { PlanTask, Provider, Swarm } from '../src/lib/api/types';
import { Programs } from '../src/lib/state/programs.svelte';
import { SwarmWatch } from '../src/lib/state/swarm.svelte';
import type { EventLink } from '../src/lib/events/link';
import Meters from '../src/lib/views/budget/Meters.svelte';
import TaskProgram from '../src/lib/views/plan/TaskProgram.svelte';
import ProviderItem from '../src/lib/views/settings/models/ProviderItem.svelte';
import Reason from '../src/lib/views/swarm/Reason.svelte';
import SwarmUsage from '../src/lib/views/swarm/SwarmUsage.svelte';

const nothing = () => {};
const words = (html: string) => html.replace(/<!--.*?-->/gs, '').replace(/<style.*?<\/style>/gs, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim();

describe('a task that a program does', () => {
  const task = { id: 'a', title: 'A', adapter: 'command', profile: 'codex', prompt: 'Do it', acceptance: [], dependsOn: [] } as unknown as PlanTask;
  const codex = { id: 'codex', title: 'Codex', kind: 'command', label: 'structured', wire: 'responses', asks: false } as const;
  const shown = (adapter: object, editable = true) => {
    const programs = new Programs('w', () => 't');
    programs.adapters = [{ ...codex, ready: true, ...adapter }];
    programs.providers = [{ id: 'p', teamId: 't', name: 'openai', wires: ['responses'], url: '', hasKey: true, models: [{ name: 'x' }] }];
    return render(TaskProgram, { props: { task, number: 1, editable, programs, modelsHref: '/settings/models?team=t', onchange: nothing } }).body;
  };

  it('offers the models that it can ask', () =>
    expect(words(shown({ model: { provider: 'openai', model: 'x' } }))).toContain('first of the team (openai/x) openai/x'));
  it('says what it lacks, and what mends it', () => {
    const html = words(shown({ ready: false, problem: 'codex is not installed.', mend: 'npm i -g codex' }));
    expect(html).toContain('codex is not installed.');
    expect(html).toContain('npm i -g codex');
  });
  it('leads to the settings where only a model is lacking', () => {
    expect(shown({ ready: false, installed: true, problem: 'No model.' })).toContain('href="/settings/models?team=t"');
    expect(shown({ ready: false, installed: false, problem: 'Not installed.' })).not.toContain('href=');
  });
  it('has no model to choose where it has its own', () => {
    const html = shown({ wire: undefined });
    expect(html).not.toContain('<select');
    expect(words(html)).toContain('login of its own');
  });
  it('is only read by whoever may not change it', () => expect(shown({}, false)).not.toContain('<textarea'));
});

describe('a provider', () => {
  const provider: Provider = {
    id: 'p',
    teamId: 't',
    name: 'openai',
    wires: ['responses', 'chat'],
    url: 'https://api.openai.com/v1',
    hasKey: true,
    models: [{ name: 'x', inputUsd: 1.25, outputUsd: 10 }, { name: 'y' }]
  };
  const shown = (admin: boolean) =>
    words(render(ProviderItem, { props: { provider, admin, fresh: false, onedit: nothing, onremove: nothing } }).body);

  it('is shown with what it speaks, costs and has', () => {
    const text = shown(true);
    for (const part of ['openai', 'https://api.openai.com/v1', 'stored, sealed', '$1.25 in, $10.00 out', 'y no price', 'Check', 'Edit', 'Remove']) {
      expect(text).toContain(part);
    }
  });
  it('has no buttons for whoever may not change it', () => expect(shown(false)).not.toMatch(/Check|Edit|Remove/));
});

describe('the head of a swarm', () => {
  const watching = (more: Partial<Swarm>) => {
    const watch = new SwarmWatch('s', {} as EventLink);
    watch.swarm = { id: 's', state: 'PAUSED', agents: [], tasks: [], usage: { tokensIn: 0, tokensOut: 0, agents: [] }, ...more } as unknown as Swarm;
    return watch;
  };
  const usage = { tokensIn: 12_400, tokensOut: 310, costUsd: 0.42, agents: [], budget: { tokens: { limit: 20_000, used: 12_710, reserved: 800 } } };
  const used = (more: Partial<Swarm>) => words(render(SwarmUsage, { props: { watch: watching(more), may: true } }).body);
  const why = (reason: string, may = true) =>
    words(render(Reason, { props: { watch: watching({ reason }), may, teamId: 't' } }).body);
  const UP = 'is used up: raise it, then resume the swarm';

  it('says nothing of models that were not asked', () => expect(used({})).toBe(''));
  it('says what was used, and of what', () =>
    expect(used({ usage })).toBe('12.4k tokens in, 310 out $0.42 12,710 of 20,000 tokens , 800 under way Change the limit'));
  it('offers to raise its own budget to whoever may', () => {
    expect(why(`the budget of 600 tokens for this swarm ${UP}`)).toContain('Raise the limit');
    expect(why(`the budget of 600 tokens for this swarm ${UP}`, false)).toContain('A member of the team can raise it.');
  });
  it('leads to where the team’s budget is raised', () => {
    const text = why(`the budget of $2 for the team this month ${UP}`);
    expect(text).toContain('Settings, Models');
    expect(text).not.toContain('Raise the limit');
  });
});

it('a bar says its numbers to those who cannot see it', () => {
  const html = render(Meters, { props: { limits: { tokens: { limit: 10, used: 10, reserved: 0 } } } }).body;
  expect(html).toContain('aria-valuetext="10 of 10 tokens"');
  expect(html).toMatch(/class="[^"]*full/);
});
