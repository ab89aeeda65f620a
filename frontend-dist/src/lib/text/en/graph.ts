export const graph = {
  label: 'Task graph',
  atOnce: 'starts at once',
  /** `['1']`: after 1; `['1', '2', '3']`: after 1, 2 and 3. */
  after: (numbers: (string | number)[]) =>
    numbers.length < 2
      ? `after ${numbers.join('')}`
      : `after ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`
};
