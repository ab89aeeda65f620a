import list from './examples.json';

/** Something to ask for that a recipe fulfils without any key. */
export interface Example {
  text: string;
  recipe?: string;
  /** How long its swarm took, where that was measured. */
  medianSeconds?: number;
}

export const examples: Example[] = list;
