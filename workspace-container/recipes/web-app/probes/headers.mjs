export default async function headers({ sandbox, expect, client }) {
  const http = client(await sandbox.serve(['node', 'src/main.js']));
  for (const path of ['/', '/api/health']) {
    const { headers: sent } = await http('GET', path);
    const policy = sent.get('content-security-policy') ?? '';
    expect(/default-src 'none'/.test(policy), `${path}: nothing is allowed by default`);
    expect(/script-src 'self'(;|$)/.test(policy) && !/unsafe/.test(policy), `${path}: only its own scripts run`);
    expect(/frame-ancestors 'none'/.test(policy), `${path}: nobody may frame it`);
    expect(sent.get('x-content-type-options') === 'nosniff', `${path}: nosniff`);
  }
}
