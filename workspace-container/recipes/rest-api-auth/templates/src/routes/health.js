export default () => [
  {
    method: 'GET',
    path: '/health',
    open: true,
    handle: () => ({ body: { status: 'ok', service: '{{project}}' } }),
  },
];
