export const plan = {
  label: 'Plan',
  local: 'local planner',
  model: 'model',
  sure: (percent: number) => `${percent} % sure`,
  verySure: 'over 99 % sure',
  localNote: 'Made on this machine from the recipe catalogue; no model was asked.',
  modelNote: 'Made by the configured model.'
};
