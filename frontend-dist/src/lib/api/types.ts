/** The public contract's names, as generated from its OpenAPI files. Optional fields are absent, never null. */
import type { components as Auth } from './generated/auth';
import type { components as Orchestration } from './generated/orchestration';
import type { components as Terminal } from './generated/terminal';
import type { components as Workspaces } from './generated/workspaces';

type O = Orchestration['schemas'];

/** RFC 9457. */
export type Problem = Omit<O['Problem'], 'detail'> & {
  detail?: string;
  service?: string;
  swarmId?: string;
};
export type FieldError = NonNullable<Problem['errors']>[number];

export type Role = Auth['schemas']['Role'];
export type Team = Required<Auth['schemas']['MyTeam']>;
export type Me = Omit<Auth['schemas']['MeView'], 'teams'> & { teams: Team[] };
export type Member = Auth['schemas']['MemberView'];
export type Token = Auth['schemas']['TokenView'];
export type NewToken = Auth['schemas']['CreatedView'];

export type Workspace = Workspaces['schemas']['WorkspaceView'];
export type WorkspaceUsage = Workspaces['schemas']['UsageView'];

export type Conversation = O['ConversationView'];
export type Message = O['MessageView'];
export type Plan = Omit<O['PlanView'], 'tasks'> & { tasks: PlanTask[] };
export type Preview = Omit<O['PreviewView'], 'tasks'> & { tasks: PlanTask[] };
export type Check = O['CheckBody'];
/** A task as the server gives it: what a client may leave out is there. */
export type PlanTask = O['TaskBody'] &
  Required<Pick<O['TaskBody'], 'id' | 'title' | 'role' | 'adapter' | 'dependsOn' | 'acceptance'>>;

export type Swarm = Omit<O['SwarmView'], 'tasks'> & { tasks: SwarmTask[]; howToRun?: HowToRun[] };
export type SwarmTask = O['TaskView'];
export type Agent = O['AgentView'];
export type Evidence = O['EvidenceView'];
export type PauseLevel = NonNullable<O['SwarmView']['pauseLevel']>;
export type Conflict = O['ConflictView'];
export type ReviewComment = O['CommentBody'];
export interface HowToRun {
  label: string;
  command: string;
}
export type Usage = O['UsageView'];
export type Mail = O['MailView'];
export type Approval = O['ApprovalView'];
export type Question = O['QuestionView'];
export type Activity = O['ActivityView'];

/** An agent program that tasks may be given to. */
export type Adapter = O['AdapterView'];
/** A dialect in which models are asked. */
export type Wire = NonNullable<Adapter['wire']>;
export type Offer = O['ModelBody'] & { name: string };
/** Where a team's agents find models. */
export type Provider = Omit<O['ProviderView'], 'wires' | 'models'> & { wires: Wire[]; models: Offer[] };
export type ProviderBody = Omit<O['ProviderBody'], 'teamId'>;
export type ProviderCheck = O['ProviderCheckView'];
/** The most that may be spent; what is absent is not limited. */
export type Budget = O['BudgetBody'];
/** What may be spent, and what is. */
export type Limits = O['LimitsView'];
/** What a team or a person has spent this month. */
export type Spending = O['BudgetView'];

export type Pane = Terminal['schemas']['PaneView'];
export type PaneRole = 'driver' | 'viewer';

export type WorkspaceState = Workspace['state'];
export type SwarmState = Swarm['state'];
export type TaskState = SwarmTask['state'];
export type AgentState = Agent['state'];

export interface GatewayStatus {
  state: 'starting' | 'ready' | 'degraded';
  services: { name: string; ready: boolean; since: string }[];
  /** Build of the page that the gateway holds. */
  page?: string;
}
