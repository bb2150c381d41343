# The programs of dev.tend.bench.contest, for the BEAM. Started by `./tend bench`; by hand:
#
#   elixir --erl "+P 4000000" bench/beam/contest.exs quick call-1-1 spawn
#
# Prints what dev.tend.bench.contest.Contest prints.

Code.require_file("seed.exs", __DIR__)

defmodule Bench.Server do
  use GenServer

  def start(state \\ 0), do: GenServer.start(__MODULE__, {state, nil})
  def start_link(_), do: GenServer.start_link(__MODULE__, {0, nil})
  def start_link(name, observer), do: GenServer.start_link(__MODULE__, {0, observer}, name: name)

  @impl true
  def init({state, nil}), do: {:ok, state}

  def init({state, observer}) do
    send(observer, :up)
    {:ok, state}
  end

  @impl true
  def handle_call({:ask, value}, _from, sum), do: {:reply, sum + value, sum}

  @impl true
  def handle_cast({:add, value}, sum), do: {:noreply, sum + value}
end

defmodule Bench.Contestant do
  alias Bench.Server

  @patience 120_000
  @group 10
  @stop_patience 15_000
  @kill_flags [strategy: :one_for_one, max_restarts: 1_000_000, max_seconds: 1]

  def call(clients, servers, calls) do
    pids = servers(servers)
    parent = self()
    begin = now()

    refs =
      for {server, _} <- Enum.zip(Stream.cycle(pids), 1..clients) do
        ref = make_ref()
        spawn(fn -> send(parent, {ref, ask_each(server, calls, now(), [])}) end)
        ref
      end

    nanos = Enum.flat_map(refs, fn ref -> receive(do: ({^ref, nanos} -> nanos)) end)
    time = now() - begin
    stop(pids)
    {time, nanos}
  end

  defp ask_each(_server, 0, _begin, nanos), do: nanos

  defp ask_each(server, left, begin, nanos) do
    GenServer.call(server, {:ask, left})
    ended = now()
    ask_each(server, left - 1, ended, [ended - begin | nanos])
  end

  def cast(pairs, messages) do
    pids = servers(pairs)
    parent = self()

    time =
      timed(fn ->
        for server <- pids do
          spawn(fn ->
            add_each(server, messages)
            GenServer.call(server, {:ask, 0}, @patience)
            send(parent, :here)
          end)
        end

        receive_each(pairs)
      end)

    stop(pids)
    time
  end

  defp add_each(_server, 0), do: :ok

  defp add_each(server, left) do
    GenServer.cast(server, {:add, left})
    add_each(server, left - 1)
  end

  def spawn_exit(processes) do
    in_process(fn ->
      self = self()

      timed(fn ->
        for _ <- 1..processes, do: spawn(fn -> send(self, :here) end)
        receive_each(processes)
      end)
    end)
  end

  def spawn_linked(processes) do
    in_process(fn ->
      Process.flag(:trap_exit, true)

      timed(fn ->
        for _ <- 1..processes, do: spawn_link(fn -> :ok end)
        receive_each(processes)
      end)
    end)
  end

  def spawn_monitored(processes) do
    in_process(fn ->
      timed(fn ->
        for _ <- 1..processes, do: spawn_monitor(fn -> :ok end)
        receive_each(processes)
      end)
    end)
  end

  def start_children(children) do
    in_process(fn ->
      supervisor = dynamic_supervisor()
      time = timed(fn -> start_children(supervisor, children) end)
      DynamicSupervisor.stop(supervisor, :normal, @patience)
      time
    end)
  end

  def stop_children(children) do
    in_process(fn ->
      Process.flag(:trap_exit, true)
      supervisor = dynamic_supervisor()
      start_children(supervisor, children)

      timed(fn ->
        try do
          DynamicSupervisor.stop(supervisor, :normal, @stop_patience)
        catch
          :exit, {:timeout, _} -> Process.exit(supervisor, :kill)
        end
      end)
    end)
  end

  defp dynamic_supervisor do
    {:ok, supervisor} = DynamicSupervisor.start_link(strategy: :one_for_one)
    supervisor
  end

  defp start_children(supervisor, children) do
    spec = %{id: :server, start: {Server, :start_link, [[]]}, restart: :temporary}
    for _ <- 1..children, do: {:ok, _} = DynamicSupervisor.start_child(supervisor, spec)
  end

  def call_past(waiting, calls) do
    in_process(fn ->
      {:ok, server} = Server.start()
      send_self(waiting)
      time = timed(fn -> ask_each(server, calls, now(), []) end)
      stop([server])
      time
    end)
  end

  defp send_self(0), do: :ok

  defp send_self(left) do
    send(self(), left)
    send_self(left - 1)
  end

  def kill(siblings, kills) do
    in_process(fn ->
      target = %{id: :target, start: {Server, :start_link, [:target, self()]}}

      others =
        for i <- Enum.take(Stream.iterate(1, &(&1 + 1)), siblings) do
          %{id: i, start: {Server, :start_link, [[]]}}
        end

      {:ok, supervisor} = Supervisor.start_link(others ++ [target], @kill_flags)
      receive_each(1)

      nanos =
        for i <- 1..kills do
          timed(fn ->
            Process.exit(Process.whereis(:target), :kill)
            receive_each(1)
            GenServer.call(:target, {:ask, i})
          end)
        end

      Supervisor.stop(supervisor, :normal, @patience)
      nanos
    end)
  end

  # A set and an ordered set, both with what makes concurrent use quick.
  def tables(rows) do
    options = [:public, read_concurrency: true, write_concurrency: true]
    set = :ets.new(:rows, [:set | options])
    ordered = :ets.new(:ordered, [:ordered_set | options])

    for i <- 0..(rows - 1) do
      :ets.insert(set, {i, 0})
      :ets.insert(ordered, {{div(i, @group), i}, 0})
    end

    {set, ordered}
  end

  def set(rows) do
    set = :ets.new(:rows, [:public, :set])
    for i <- 0..(rows - 1), do: :ets.insert(set, {i, 0})
    set
  end

  def use_tables({set, ordered}, rows, operation, clients, operations) do
    parent = self()

    use =
      case operation do
        "lookup" -> fn key -> [_] = :ets.lookup(set, key) end
        "insert" -> fn key -> :ets.insert(set, {key, key}) end
        "counter" -> fn key -> :ets.update_counter(set, key, 1) end
        "range" -> fn key -> [_ | _] = :ets.select(ordered, [{{{div(key, @group), :_}, :_}, [], [:"$_"]}]) end
      end

    timed(fn ->
      for _ <- 1..clients do
        spawn(fn ->
          use_each(use, rows, operations)
          send(parent, :here)
        end)
      end

      receive_each(clients)
    end)
  end

  defp use_each(_use, _rows, 0), do: :ok

  defp use_each(use, rows, left) do
    use.(:rand.uniform(rows) - 1)
    use_each(use, rows, left - 1)
  end

  def servers(count) do
    for _ <- 1..count do
      {:ok, pid} = Server.start()
      pid
    end
  end

  defp stop(pids), do: Enum.each(pids, &Process.exit(&1, :kill))

  defp receive_each(0), do: :ok
  defp receive_each(left), do: receive(do: (_ -> receive_each(left - 1)))

  defp in_process(work) do
    {pid, ref} = spawn_monitor(fn -> exit({:result, work.()}) end)
    receive(do: ({:DOWN, ^ref, :process, ^pid, {:result, result}} -> result))
  end

  defp timed(work) do
    begin = now()
    work.()
    now() - begin
  end

  defp now, do: System.monotonic_time(:nanosecond)
end

defmodule Bench.Contest do
  alias Bench.Contestant

  @programs ~w(call-1-1 call-100-1 call-100-100 cast-1-1 cast-100-100 spawn spawn-link spawn-monitor
               start-child call-past kill-alone kill-siblings stop-10k stop-100k
               cache-process-1 cache-process-100 registry-process-1 registry-process-100 ets-1 ets-100
               table-lookup-1k table-insert-1k table-counter-1k table-range-1k
               table-lookup-1m table-insert-1m table-counter-1m table-range-1m table-memory memory)

  def main([effort | wanted]) do
    Logger.configure(level: :none)
    print(["about", about()])

    for program <- @programs, program in wanted do
      for {metric, value} <- run(program, effort(effort)) do
        print(["result", program, metric, to_string(value)])
      end
    end

    System.halt(0)
  end

  defp about do
    "Elixir #{System.version()}, Erlang/OTP #{System.otp_release()}, " <>
      "#{:erlang.system_info(:emu_flavor)}, #{System.schedulers_online()} schedulers"
  end

  defp effort("full"), do: %{warm_up: 500, measured: 1_000, divisor: 1}
  defp effort("quick"), do: %{warm_up: 20, measured: 20, divisor: 100}

  defp size(effort, full), do: max(1, div(full, effort.divisor))

  defp run("call-1-1", effort), do: call(effort, 1, 1)
  defp run("call-100-1", effort), do: call(effort, 100, 1)
  defp run("call-100-100", effort), do: call(effort, 100, 100)
  defp run("cast-1-1", effort), do: cast(effort, 1, 100_000)
  defp run("cast-100-100", effort), do: cast(effort, 100, 2_000)
  defp run("spawn", effort), do: rate(effort, 20_000, &Contestant.spawn_exit/1)
  defp run("spawn-link", effort), do: rate(effort, 20_000, &Contestant.spawn_linked/1)
  defp run("spawn-monitor", effort), do: rate(effort, 20_000, &Contestant.spawn_monitored/1)
  defp run("start-child", effort), do: rate(effort, 5_000, &Contestant.start_children/1)

  defp run("call-past", effort) do
    calls = size(effort, 50_000)
    empty = fn -> Contestant.call_past(0, calls) end
    full = fn -> Contestant.call_past(size(effort, 500_000), calls) end
    warm_up(effort, empty)
    warm_up(effort, full)
    empty_rate = median_rate(effort, calls, empty)
    full_rate = median_rate(effort, calls, full)
    [{"RATE", full_rate}, {"SLOWDOWN", empty_rate / full_rate}]
  end

  defp run("kill-alone", effort), do: kill(effort, 0, 200)
  defp run("kill-siblings", effort), do: kill(effort, 100_000, 50)
  defp run("stop-10k", effort), do: stop(effort, 10_000)
  defp run("stop-100k", effort), do: stop(effort, 100_000)

  defp run("cache-process-" <> clients, effort), do: cache(effort, :process, clients)
  defp run("registry-process-" <> clients, effort), do: cache(effort, :registry, clients)
  defp run("ets-" <> clients, effort), do: cache(effort, :ets, clients)

  defp run("table-memory", effort) do
    rows = size(effort, 1_000_000)
    before = settled(:ets)
    set = Contestant.set(rows)
    bytes = (settled(:ets) - before) / rows
    :ets.delete(set)
    [{"BYTES", bytes}]
  end

  defp run("table-" <> program, effort) do
    [operation, size] = String.split(program, "-")
    rows = max(10, size(effort, if(size == "1k", do: 1_000, else: 1_000_000)))
    each = size(effort, if(operation == "range", do: 10_000, else: 100_000))
    tables = Contestant.tables(rows)
    part = fn -> Contestant.use_tables(tables, rows, operation, 2, each) end
    warm_up(effort, part)
    rate = per_second(2 * each, repeat(effort.measured, part))
    Enum.each(Tuple.to_list(tables), &:ets.delete/1)
    [{"RATE", rate}]
  end

  defp run("memory", effort) do
    size = size(effort, 1_000_000)
    before = memory()
    idle = Contestant.servers(size)
    bytes = (memory() - before) / size
    true = Enum.all?(idle, &Process.alive?/1)
    [{"BYTES", bytes}]
  end

  defp call(effort, clients, servers) do
    calls = size(effort, max(1_000, div(50_000, clients)))
    warm_up(effort, fn -> elem(Contestant.call(clients, servers, calls), 0) end)
    table = :ets.new(:nanos, [:public, :duplicate_bag])

    rate =
      per_second(
        clients * calls,
        repeat(effort.measured, fn ->
          {time, nanos} = Contestant.call(clients, servers, calls)
          :ets.insert(table, {:nanos, nanos})
          time
        end)
      )

    sorted = table |> :ets.lookup(:nanos) |> Enum.flat_map(&elem(&1, 1)) |> Enum.sort() |> List.to_tuple()
    :ets.delete(table)
    [{"RATE", rate}, {"P50", micros(sorted, 50)}, {"P99", micros(sorted, 99)}]
  end

  defp cache(effort, way, clients) do
    clients = String.to_integer(clients)
    each = size(effort, max(1_000, div(100_000, clients)))
    {:ok, supervisor} = Todo.Supervisor.start_link()
    function = fn -> Todo.Cache.server_process(way, "list #{:rand.uniform(100)}") end
    part = fn -> Profiler.execution_time(function, each, clients) end
    warm_up(effort, part)
    rate = per_second(clients * each, repeat(effort.measured, part))
    Supervisor.stop(supervisor)
    [{"RATE", rate}]
  end

  defp cast(effort, pairs, messages) do
    each = size(effort, messages)
    part = fn -> Contestant.cast(pairs, each) end
    warm_up(effort, part)
    [{"RATE", per_second(pairs * each, repeat(effort.measured, part))}]
  end

  defp rate(effort, processes, program) do
    size = size(effort, processes)
    part = fn -> program.(size) end
    warm_up(effort, part)
    [{"RATE", per_second(size, repeat(effort.measured, part))}]
  end

  defp kill(effort, siblings, kills) do
    warm_up(effort, fn ->
      Contestant.kill(0, size(effort, 200))
      0
    end)

    part = fn -> Contestant.kill(div(siblings, effort.divisor), size(effort, kills)) end
    nanos = each(System.monotonic_time(:millisecond) + effort.measured, part, []) |> Enum.concat()
    [{"P50", nanos |> Enum.sort() |> List.to_tuple() |> micros(50)}]
  end

  defp stop(effort, children) do
    warm_up(effort, fn -> Contestant.stop_children(size(effort, 2_000)) end)
    [{"TIME", Contestant.stop_children(size(effort, children)) / 1.0e6}]
  end

  defp micros(sorted, percentile) do
    last = tuple_size(sorted) - 1
    elem(sorted, min(last, div(tuple_size(sorted) * percentile, 100))) / 1.0e3
  end

  # Of the median run.
  defp median_rate(effort, operations, part) do
    nanos = each(System.monotonic_time(:millisecond) + 4 * effort.measured, part, []) |> Enum.sort()
    1.0e9 * operations / Enum.at(nanos, div(length(nanos), 2))
  end

  defp each(until, part, nanos) do
    nanos = [part.() | nanos]
    if System.monotonic_time(:millisecond) < until, do: each(until, part, nanos), else: nanos
  end

  defp per_second(operations, {runs, nanos}), do: 1.0e9 * operations * runs / nanos

  # Until a warm-up, and one more, have not made the part quicker; as `Effort` of the other contestants.
  defp warm_up(effort, part), do: warm_up(effort, part, 0, 0, 16)

  defp warm_up(_effort, _part, _best, in_vain, left) when in_vain == 3 or left == 0, do: :ok

  defp warm_up(effort, part, best, in_vain, left) do
    began = System.monotonic_time()
    {runs, _nanos} = repeat(effort.warm_up, part)
    pace = runs / (System.monotonic_time() - began)
    in_vain = if pace > 1.03 * best, do: 0, else: in_vain + 1
    warm_up(effort, part, max(best, pace), in_vain, left - 1)
  end

  # At least once, until the time is over: how often, and the sum of what the part says.
  defp repeat(millis, part), do: repeat(System.monotonic_time(:millisecond) + millis, part, 0, 0)

  defp repeat(until, part, runs, nanos) do
    nanos = nanos + part.()

    if System.monotonic_time(:millisecond) < until,
      do: repeat(until, part, runs + 1, nanos),
      else: {runs + 1, nanos}
  end

  # Large tables that were deleted are freed little by little.
  defp settled(kind, last \\ nil) do
    case :erlang.memory(kind) do
      ^last ->
        last

      now ->
        Process.sleep(500)
        settled(kind, now)
    end
  end

  defp memory do
    Enum.each(Process.list(), &:erlang.garbage_collect/1)
    :erlang.memory(:total)
  end

  defp print(words), do: IO.puts(Enum.join(words, "\t"))
end

Bench.Contest.main(System.argv())
