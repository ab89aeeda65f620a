import { surviving } from '../../lib/mutation.mjs';

export default (probe) =>
  surviving(probe, ['node', '--test', 'test/app.test.js'], [
    { file: 'src/records.js', what: 'nothing reaches the disk', from: 'renameSync(next, this.#file);', to: '' },
    { file: 'src/ENTITY.js', what: 'required fields may be missing', from: "if (required) problems[name] = 'is required';", to: '' },
    { file: 'src/server.js', what: 'forms of other sites are accepted', from: "throw new HttpError(415, 'The body has to be JSON.');", to: '' },
    { file: 'src/routes/ENTITIES.js', what: 'nothing is removed', from: '.remove(known(params.id))', to: '.all()' },
  ]);
