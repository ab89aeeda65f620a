import { tellStory } from './story.mjs';

tellStory('web-app', { entity: 'plant', entities: 'plants', fields: 'name:text!,species:text,planted:date,wateringDays:integer', project: 'garden' });
tellStory('web-app', { entity: 'item', entities: 'items', fields: 'name:text!,email:email!,price:money,sold:boolean', project: 'item-app' });
