
# Names of lists and titles of entries: the server is asked, where one can stand. What is typed is read, not evaluated.
function _tend_names() {
  local name asked=no
  local -a names
  if (( CURRENT > 2 )); then
    case " @COMMANDS@ " in *" ${words[2]} "*) asked=yes ;; esac
    for name in "${words[CURRENT-1]}" "${PREFIX%%=*}"; do
      case " @OPTIONS@ " in *" $name "*) asked=yes ;; esac
    done
  fi
  if [[ $asked = yes && ( $PREFIX != -* || $PREFIX = --*=* ) ]]; then
    while IFS= read -r -d '' name; do
      names+=("$name")
    done < <("${words[1]/#\~/$HOME}" complete zsh -- "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)
  fi
  if (( $#names )); then
    [[ $PREFIX = --*=* ]] && compset -P '*=' && names=("${(@)names#*=}")
    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a names
  else
    _bash_complete -o default -F _complete_tend
  fi
}
compdef _tend_names tend
