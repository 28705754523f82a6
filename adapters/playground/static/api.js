/** Talks to the playground's server. Failures become `error` answers: callers never catch. */

const UNREACHABLE = "The playground does not answer. Is it still running in the terminal?";

/** POST to `/api/NAME`; the server's answer. */
export async function post(name, body) {
  return ask(`/api/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Everything `person` sees, or an `error` answer. */
export async function readState(person) {
  return ask(person ? `/api/state?person=${encodeURIComponent(person)}` : "/api/state");
}

async function ask(url, request) {
  try {
    const response = await fetch(url, request);
    return await answerOf(response);
  } catch {
    return { kind: "error", text: UNREACHABLE };
  }
}

async function answerOf(response) {
  const said = await response.json().catch(() => null);
  if (said && (response.ok || said.kind === "error")) return said;
  return { kind: "error", text: said?.text ?? `The playground said no (${response.status}).` };
}

/** What happens after `after`, as `person` sees it; `onLost` once when it breaks. Returns a stop. */
export function listen(person, after, { onEvent, onOpen, onLost }) {
  const source = new EventSource(`/api/stream?person=${encodeURIComponent(person)}&after=${after}`);
  source.onopen = onOpen;
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  // The browser would retry with the `after` of the first time; the caller knows a later one.
  source.onerror = () => {
    source.close();
    onLost();
  };
  return () => source.close();
}
