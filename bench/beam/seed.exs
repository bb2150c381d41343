# The to-do system of the seed as far as its measurements need it: lists are found through the cache's process (part 2),
# through the process registry (part 3), or through an ETS table (part 3's end). Its names are the seed's.

defmodule Todo.ProcessRegistry do
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: :todo_process_registry)

  def whereis_name(key), do: GenServer.call(:todo_process_registry, {:whereis_name, key})
  def register_name(key, pid), do: GenServer.call(:todo_process_registry, {:register_name, key, pid})
  def unregister_name(key), do: GenServer.call(:todo_process_registry, {:unregister_name, key})

  def send(key, message) do
    case whereis_name(key) do
      :undefined -> {:badarg, {key, message}}
      pid -> Kernel.send(pid, message)
    end
  end

  @impl true
  def init(_), do: {:ok, %{}}

  @impl true
  def handle_call({:whereis_name, key}, _, names), do: {:reply, Map.get(names, key, :undefined), names}

  def handle_call({:register_name, key, pid}, _, names) do
    if Map.has_key?(names, key) do
      {:reply, :no, names}
    else
      Process.monitor(pid)
      {:reply, :yes, Map.put(names, key, pid)}
    end
  end

  def handle_call({:unregister_name, key}, _, names), do: {:reply, key, Map.delete(names, key)}

  @impl true
  def handle_info({:DOWN, _, :process, pid, _}, names) do
    {:noreply, names |> Enum.reject(fn {_, held} -> held == pid end) |> Map.new()}
  end
end

defmodule Todo.Server do
  use GenServer, restart: :permanent

  def start_link(name), do: GenServer.start_link(__MODULE__, name, name: via(name))
  def whereis(name), do: Todo.ProcessRegistry.whereis_name({:todo_server, name})

  defp via(name), do: {:via, Todo.ProcessRegistry, {:todo_server, name}}

  @impl true
  def init(name), do: {:ok, name}
end

defmodule Todo.ServerSupervisor do
  def start_link(_), do: DynamicSupervisor.start_link(name: :todo_server_supervisor, strategy: :one_for_one)

  def child_spec(arg), do: %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, type: :supervisor}

  def start_child(name) do
    case DynamicSupervisor.start_child(:todo_server_supervisor, {Todo.Server, name}) do
      {:ok, pid} -> pid
      {:error, {:already_started, pid}} -> pid
    end
  end
end

defmodule Todo.Cache do
  # Each variant: how a client finds a list's server, and what it asks the cache's process if it does not.
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: :todo_cache)

  def server_process(:process, name), do: GenServer.call(:todo_cache, {:in_map, name})

  def server_process(:registry, name) do
    case Todo.Server.whereis(name) do
      :undefined -> GenServer.call(:todo_cache, {:in_registry, name})
      pid -> pid
    end
  end

  def server_process(:ets, name) do
    case :ets.lookup(:ets_todo_cache, name) do
      [{^name, pid}] -> pid
      _ -> GenServer.call(:todo_cache, {:in_ets, name})
    end
  end

  @impl true
  def init(_) do
    :ets.new(:ets_todo_cache, [:set, :named_table, :protected])
    {:ok, %{}}
  end

  @impl true
  def handle_call({:in_map, name}, _, known) do
    case known do
      %{^name => pid} ->
        {:reply, pid, known}

      _ ->
        pid = Todo.ServerSupervisor.start_child(name)
        {:reply, pid, Map.put(known, name, pid)}
    end
  end

  def handle_call({:in_registry, name}, _, known) do
    case Todo.Server.whereis(name) do
      :undefined -> {:reply, Todo.ServerSupervisor.start_child(name), known}
      pid -> {:reply, pid, known}
    end
  end

  def handle_call({:in_ets, name}, _, known) do
    case :ets.lookup(:ets_todo_cache, name) do
      [{^name, pid}] ->
        {:reply, pid, known}

      _ ->
        pid = Todo.ServerSupervisor.start_child(name)
        :ets.insert(:ets_todo_cache, {name, pid})
        {:reply, pid, known}
    end
  end
end

defmodule Todo.Supervisor do
  def start_link do
    Supervisor.start_link([Todo.ProcessRegistry, Todo.ServerSupervisor, Todo.Cache], strategy: :rest_for_one)
  end
end

defmodule Profiler do
  # The seed's: nanoseconds until each of so many processes has called the function so often.
  def execution_time(function, operations, concurrency) do
    me = self()
    begin = System.monotonic_time(:nanosecond)

    for _ <- 1..concurrency do
      spawn(fn ->
        repeat(function, operations)
        send(me, :computed)
      end)
    end

    for _ <- 1..concurrency, do: receive(do: (:computed -> :ok))
    System.monotonic_time(:nanosecond) - begin
  end

  defp repeat(_function, 0), do: :ok

  defp repeat(function, left) do
    function.()
    repeat(function, left - 1)
  end
end
