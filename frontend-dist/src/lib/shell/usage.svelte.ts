import { api } from '../api/client';
import type { WorkspaceUsage } from '../api/types';
import { whileVisible } from '../state/visible';

const LOOK_MS = 5_000;

/** What a workspace uses, as the kernel counts it; looked at while the page can be seen. */
export class UsageWatch {
  usage = $state<WorkspaceUsage>();

  constructor(private readonly workspaceId: string) {}

  /** @returns a function that ends it */
  open(): () => void {
    const looks = whileVisible(
      async () => {
        try {
          this.usage = await api.usage(this.workspaceId);
        } catch {
          // Better none than an old one.
          this.usage = undefined;
        }
      },
      () => LOOK_MS
    );
    return looks.stop;
  }
}
