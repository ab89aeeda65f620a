export const state = {
  PENDING: 'Pending',
  WAITING: 'Waiting',
  READY: 'Ready',
  REQUESTED: 'Requested',
  STARTING: 'Starting',
  STOPPING: 'Stopping',
  RUNNING: 'Running',
  WORKING: 'Working',
  NEEDS_YOU: 'Needs you',
  PAUSED: 'Paused',
  VERIFYING: 'Verifying',
  DONE: 'Done',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  STOPPED: 'Stopped',
  EXITED: 'Exited'
};
