import { en } from './en';

export type Catalogue = typeof en;

/** Every text that the app shows. Another language is another object of this type. */
export const t: Catalogue = en;
