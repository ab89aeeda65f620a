// An event in one line, for those who do not see the pane.
export function summary(event) {
  switch (event.kind) {
    case 'message':
      return event.text;
    case 'command':
      return event.tool ? `${event.tool} ${event.text}` : event.text;
    case 'output': {
      const last = event.text.trimEnd().split('\n').pop();
      return [event.exitCode ? `exit ${event.exitCode}` : event.ok === false ? 'failed' : '', last].filter(Boolean).join(' · ');
    }
    case 'file':
      return `${event.change} ${event.path}`;
    case 'plan': {
      const done = event.items.filter((item) => item.state === 'done').length;
      const now = event.items.find((item) => item.state === 'active');
      return `${done} of ${event.items.length}${now ? ` · ${now.text}` : ''}`;
    }
    case 'error':
      return event.text;
    case 'usage':
      return `${event.input} tokens in, ${event.output} out`;
    case 'session':
      return event.id;
    default:
      throw new Error(`${event.kind} is no kind of event`);
  }
}
