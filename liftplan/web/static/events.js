// Server-sent events of a job: `progress` for each step, `end` once it is over. Returns what ends listening.
export function listen(address, { progress, end }) {
  const source = new EventSource(address);
  source.addEventListener("progress", (event) => progress(JSON.parse(event.data)));
  source.addEventListener("end", (event) => {
    source.close();
    end(JSON.parse(event.data));
  });
  return () => source.close();
}
