
# Names of lists and titles of entries: the server is asked, where one can stand. What is typed is read, not evaluated.
function _tend_names() {
  local name asked=no
  COMPREPLY=()
  if (( COMP_CWORD > 1 )); then
    case " @COMMANDS@ " in *" ${COMP_WORDS[1]} "*) asked=yes ;; esac
    for name in "${COMP_WORDS[COMP_CWORD-1]}" "${COMP_WORDS[COMP_CWORD-2]}"; do
      case " @OPTIONS@ " in *" $name "*) asked=yes ;; esac
    done
    case $2 in -*) asked=no ;; esac
  fi
  if [ $asked = yes ]; then
    while IFS= read -r -d '' name; do
      COMPREPLY+=("$name")
    done < <("${COMP_WORDS[0]/#\~/$HOME}" complete bash -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null)
  fi
  [ ${#COMPREPLY[@]} -gt 0 ] || _complete_tend
}
complete -F _tend_names -o default tend tend.sh tend.bash
