import { tellStory } from './story.mjs';

tellStory('rest-api-auth', { entity: 'book', entities: 'books', fields: 'title:text!,author:text!,isbn:text,price:money,published:date', project: 'book-shop-api' });
tellStory('rest-api-auth', { entity: 'order-item', entities: 'order-items', fields: 'class:text!,quantity:integer!,express:boolean,contact:email,weight:number', project: 'shop' });
