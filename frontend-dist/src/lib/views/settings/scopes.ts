export type Level = 'none' | 'read' | 'all';

/** What a token may be held to, by area; the scope for reading is named by the service. */
export const AREAS: { area: string; read: string }[] = [
  { area: 'workspace', read: 'workspace:read' },
  { area: 'terminal', read: 'terminal:view' },
  { area: 'file', read: 'file:read' },
  { area: 'conversation', read: 'conversation:read' },
  { area: 'swarm', read: 'swarm:read' },
  { area: 'team', read: 'team:read' }
];

export function scopesOf(levels: Record<string, Level>): string[] {
  return AREAS.flatMap(({ area, read }) => {
    const level = levels[area] ?? 'none';
    if (level === 'none') return [];
    return [level === 'all' ? area : read];
  });
}
