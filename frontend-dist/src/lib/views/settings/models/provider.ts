import { told, type ApiError } from '../../../api/http';
import type { Offer, Provider, ProviderBody, Wire } from '../../../api/types';
import { t } from '../../../text';

export const WIRES: Wire[] = ['responses', 'chat', 'messages'];

/** A model as it is typed. */
export interface ModelText {
  /** Keeps its row while others come and go. */
  id: number;
  name: string;
  inputUsd: string;
  cachedInputUsd: string;
  outputUsd: string;
  maxOutputTokens: string;
}

/** A provider as it is typed. */
export interface ProviderText {
  name: string;
  url: string;
  wires: Wire[];
  key: string;
  dropKey: boolean;
  models: ModelText[];
}

/** What is wrong, by field as the server names it. */
export type Wrong = Record<string, string>;

interface Preset {
  title: string;
  name: string;
  url: string;
  wires: Wire[];
}

/** Each only fills in the form. */
export const PRESETS: Preset[] = [
  { title: 'OpenAI', name: 'openai', url: 'https://api.openai.com/v1', wires: ['responses', 'chat'] },
  { title: 'Anthropic', name: 'anthropic', url: 'https://api.anthropic.com/v1', wires: ['messages'] },
  { title: 'Ollama', name: 'ollama', url: 'http://127.0.0.1:11434/v1', wires: ['chat'] },
  { title: t.models.form.other, name: '', url: '', wires: ['chat'] }
];

let ids = 0;

export const newModel = (): ModelText => ({
  id: ++ids,
  name: '',
  inputUsd: '',
  cachedInputUsd: '',
  outputUsd: '',
  maxOutputTokens: ''
});

const text = (number: number | undefined) => (number === undefined ? '' : String(number));

export const textOf = (provider: Provider | undefined): ProviderText => ({
  name: provider?.name ?? '',
  url: provider?.url ?? '',
  wires: provider ? [...provider.wires] : [],
  key: '',
  dropKey: false,
  models: provider?.models.map((model) => ({
    id: ++ids,
    name: model.name,
    inputUsd: text(model.inputUsd),
    cachedInputUsd: text(model.cachedInputUsd),
    outputUsd: text(model.outputUsd),
    maxOutputTokens: text(model.maxOutputTokens)
  })) ?? [newModel()]
});

/** What is to be sent, and what of it no number can be read from. */
export function bodyOf(form: ProviderText): { body: ProviderBody; wrong: Wrong } {
  const wrong: Wrong = {};
  const number = (field: string, value: string, pattern: RegExp, message: string) => {
    if (!value.trim()) return undefined;
    if (pattern.test(value.trim())) return Number(value.trim());
    wrong[field] = message;
    return undefined;
  };
  const price = (field: string, value: string) =>
    number(field, value, /^\d*\.?\d+$/, t.models.form.number);
  const models = form.models.map((model, i): Offer => {
    const at = `models[${i}]`;
    return present({
      name: model.name.trim(),
      inputUsd: price(`${at}.inputUsd`, model.inputUsd),
      cachedInputUsd: price(`${at}.cachedInputUsd`, model.cachedInputUsd),
      outputUsd: price(`${at}.outputUsd`, model.outputUsd),
      maxOutputTokens: number(`${at}.maxOutputTokens`, model.maxOutputTokens, /^\d+$/, t.models.form.whole)
    });
  });
  const body: ProviderBody = {
    name: form.name.trim(),
    url: form.url.trim(),
    wires: WIRES.filter((wire) => form.wires.includes(wire)),
    models
  };
  // Without a key the stored one stays; an empty one deletes it.
  if (form.dropKey) body.key = '';
  else if (form.key.trim()) body.key = form.key.trim();
  return { body, wrong };
}

function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}

const PLACES = /^(name|url|wires|key|models|models\[\d+\]\.(name|inputUsd|cachedInputUsd|outputUsd|maxOutputTokens))$/;

/** What the server found wrong, by field; nothing where it is not about fields that the form has. */
export function wrongOf(error: ApiError): Wrong {
  if (error.problem?.type?.endsWith(':name-taken')) return { name: error.what };
  const wrong: Wrong = {};
  for (const found of error.problem?.errors ?? []) {
    const field = found.field.replace(/^wires\[\d+\]$/, 'wires');
    if (!PLACES.test(field)) return {};
    wrong[field] = [wrong[field], told(found)].filter(Boolean).join(' ');
  }
  return wrong;
}
