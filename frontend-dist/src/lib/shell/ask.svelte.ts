/** A question that must be answered before something is done. */
export interface Question {
  title: string;
  text: string;
  /** What the button says: the thing that is done. */
  yes: string;
  /** What the other button says, where "Cancel" would be misread. */
  no?: string;
  danger?: boolean;
  run(): void;
}

class Ask {
  question = $state.raw<Question>();
  newWorkspace = $state(false);

  confirm(question: Question): void {
    this.question = question;
  }
}

export const ask = new Ask();
