import { describe, expect, it } from 'vitest';
import { ApiError } from '../src/lib/api/http';
import type { FieldError, Provider } from '../src/lib/api/types';
import { bodyOf, newModel, PRESETS, textOf, wrongOf } from '../src/lib/views/settings/models/provider';

const stored: Provider = {
  id: 'p',
  teamId: 't',
  name: 'openai',
  wires: ['chat', 'responses'],
  url: 'https://api.openai.com/v1',
  hasKey: true,
  models: [{ name: 'gpt-x', inputUsd: 1.25, outputUsd: 10, cachedInputUsd: 0.125, maxOutputTokens: 8000 }]
};

const refused = (type: string, errors?: FieldError[]) =>
  new ApiError(400, 'It is refused.', 'Correct it.', {
    type: `urn:orchflow:problem:${type}`,
    title: 'x',
    status: 400,
    errors
  } as ApiError['problem']);

describe('the form of a provider', () => {
  it('sends what is stored as it was, without a key', () => {
    expect(bodyOf(textOf(stored))).toEqual({
      body: {
        name: 'openai',
        wires: ['responses', 'chat'],
        url: 'https://api.openai.com/v1',
        models: stored.models
      },
      wrong: {}
    });
  });

  it('sends a key that is typed, and an empty one to delete the stored', () => {
    const form = textOf(stored);
    form.key = ' sk-1 ';
    expect(bodyOf(form).body.key).toBe('sk-1');
    form.dropKey = true;
    expect(bodyOf(form).body.key).toBe('');
  });

  it('leaves out the numbers that are not typed', () => {
    const form = textOf(undefined);
    form.models = [{ ...newModel(), name: ' local ', inputUsd: ' ', outputUsd: '.5' }];
    expect(bodyOf(form).body.models).toEqual([{ name: 'local', outputUsd: 0.5 }]);
  });

  it('says at which field a number cannot be read', () => {
    const form = textOf(undefined);
    form.models = [newModel(), { ...newModel(), inputUsd: '1,25', maxOutputTokens: '8k' }];
    expect(Object.keys(bodyOf(form).wrong)).toEqual(['models[1].inputUsd', 'models[1].maxOutputTokens']);
  });

  it('has presets that speak what their makers speak', () => {
    expect(PRESETS.map((p) => p.wires.join('+'))).toEqual(['responses+chat', 'messages', 'chat', 'chat']);
  });
});

describe('what the server found wrong', () => {
  const at = (field: string, message: string): FieldError => ({ field, code: 'x', message });

  it('stands at its fields', () => {
    const error = refused('validation', [
      at('url', 'url is required.'),
      at('wires[0]', 'A dialect is responses, chat or messages, not x.'),
      at('models[1].name', 'models[1].name is required.')
    ]);
    expect(wrongOf(error)).toEqual({
      url: 'Address is required.',
      wires: 'A dialect is responses, chat or messages, not x.',
      'models[1].name': 'Name of model 2 is required.'
    });
  });

  it('stands at the name where another has it', () =>
    expect(wrongOf(refused('name-taken'))).toEqual({ name: 'It is refused.' }));

  it('is told as a whole where the form has no such field', () => {
    expect(wrongOf(refused('validation', [at('url', 'x'), at('teamId', 'teamId is required.')]))).toEqual({});
    expect(wrongOf(refused('forbidden'))).toEqual({});
  });
});
