import { surviving } from '../../lib/mutation.mjs';

export default (probe) =>
  surviving(probe, ['node', '--test', 'test/api.test.js'], [
    { file: 'src/server.js', what: 'everybody is let in', from: 'route.open ? undefined : authenticate(request, context)', to: "'anybody'" },
    { file: 'src/passwords.js', what: 'any password is right', from: 'return timingSafeEqual(given, right);', to: 'return true;' },
    { file: 'src/ENTITY.js', what: 'required fields may be missing', from: "if (required) problems[name] = 'is required';", to: '' },
    { file: 'src/collection.js', what: 'nothing reaches the disk', from: '#save() {', to: '#save() {\n    return;' },
  ]);
