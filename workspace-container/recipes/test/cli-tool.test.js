import { tellStory } from './story.mjs';

const expenses = { entity: 'expense', entities: 'expenses', fields: 'title:text!,amount:money!,spent:date,paid:boolean', project: 'expenses-cli' };
const lists = { entity: 'gym-class', entities: 'gym-classes', fields: 'name:text!,seats:integer!,contact:email,weight:number', project: 'gym-classes-cli' };

tellStory('cli-tool', { ...expenses, language: 'node' });
tellStory('cli-tool', { ...lists, language: 'node' });
tellStory('cli-tool', { ...expenses, language: 'python' });
tellStory('cli-tool', { ...lists, language: 'python' });
