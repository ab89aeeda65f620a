export default () => [
  {
    method: 'GET',
    path: '/api/health',
    handle: () => ({ body: { status: 'ok', service: '{{project}}' } }),
  },
];
