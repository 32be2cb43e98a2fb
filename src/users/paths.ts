/** URLs of the two lists of people and what lies below them; nothing else spells them. */
export const paths = {
  usuarios: peopleUnder('/administracion/usuarios'),
  clientes: peopleUnder('/administracion/clientes'),
}

/** The id of a person, or the name of the parameter in a route. */
type Id = number | ':id'

function peopleUnder(list: string) {
  return {
    list,
    newPerson: `${list}/nuevo`,
    person: (id: Id) => `${list}/${id}`,
    deactivation: (id: Id) => `${list}/${id}/desactivacion`,
    reactivation: (id: Id) => `${list}/${id}/reactivacion`,
    invitation: (id: Id) => `${list}/${id}/invitacion`,
  }
}
