export const swarm = {
  blank: 'An empty screen. What was put out before a restart is not kept.'
};
